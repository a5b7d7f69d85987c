using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using StackHub.Web.Security;

namespace StackHub.Web.OpenApi;

/// <summary>The OpenAPI document, made once: everyone may read it, and making it costs more than reading it.</summary>
internal static class OpenApiEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var made = new Lazy<Task<byte[]>>(() => MakeAsync(api.ServiceProvider));
        RequestDelegate answer = async context =>
        {
            var document = await made.Value;
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = document.Length;
            await context.Response.Body.WriteAsync(document, context.RequestAborted);
        };
        api.MapGet("openapi.json", answer).ExcludeFromDescription().ForEveryone();
    }

    private static async Task<byte[]> MakeAsync(IServiceProvider services)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(ApiDocument.Name).GetOpenApiDocumentAsync(CancellationToken.None);
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        return json.ToArray();
    }
}
