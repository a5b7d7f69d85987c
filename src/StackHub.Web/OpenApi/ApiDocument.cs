using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using StackHub.Web.Idempotency;
using StackHub.Web.Paging;
using StackHub.Web.Security;

namespace StackHub.Web.OpenApi;

/// <summary>What the OpenAPI document says beyond what the routes' types and summaries say.</summary>
internal static class ApiDocument
{
    public const string Name = "v1";
    private const string Bearer = "bearer";
    private const string ApiKey = "apiKey";

    public static void Describe(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            Introduce(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Complete(operation, context);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Schemas.Describe(schema, context.JsonTypeInfo);
            return Task.CompletedTask;
        });
    }

    private static void Introduce(OpenApiDocument document)
    {
        document.Info = new()
        {
            Title = "StackHub",
            Version = "1",
            Description = "Keeps people, accounts and opportunities the same in many tools. Lists are paged by 'cursor' and 'take'; refusals are application/problem+json with a stable 'code'; POSTs honour 'Idempotency-Key' for 24 hours.",
        };
        document.Servers = [new OpenApiServer { Url = ".." }];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "shk_…", Description = "An API key of this hub." },
            [ApiKey] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key", Description = "The same key, in a header of its own." },
        };
    }

    private static void Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            Complete(parameter);
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (context.Description.HttpMethod == "POST")
            (operation.Parameters ??= []).Add(KeyParameter());
        if (metadata.OfType<Anonymous>().Any())
            return;
        operation.Security =
        [
            new() { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] },
            new() { [new OpenApiSecuritySchemeReference(ApiKey, context.Document)] = [] },
        ];
    }

    private static void Complete(OpenApiParameter parameter)
    {
        if (parameter.In == ParameterLocation.Query)
            parameter.Name = parameter.Name?.ToLowerInvariant(); // a record's properties lend theirs
        switch (parameter.Name)
        {
            case "take":
                parameter.Description = $"Items a page, 1 to {Cursors.MaxTake}; {Cursors.DefaultTake} unless told.";
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = $"{Cursors.MaxTake}", Default = Cursors.DefaultTake };
                break;
            case "cursor":
                parameter.Description = "The 'next' of the page before; absent for the first page.";
                break;
            case "kind":
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["person", "account", "opportunity"] };
                break;
            case "state":
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["open", "closed", "all"], Default = "open" };
                break;
        }
    }

    private static OpenApiParameter KeyParameter() => new()
    {
        Name = PostOnce.Header,
        In = ParameterLocation.Header,
        Description = "Makes the request safe to send again: the same key and request get the same answer for 24 hours.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
    };
}
