using Microsoft.OpenApi;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.OpenApi;

public sealed class ApiDocumentTests
{
    [Fact]
    public async Task It_is_an_OpenAPI_3_1_document_without_errors()
    {
        await using var hub = await WebHub.StartAsync();
        var (text, read) = await ReadAsync(hub);

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.StartsWith("{\n  \"openapi\": \"3.1", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_api_route_is_in_it()
    {
        await using var hub = await WebHub.StartAsync();
        var (_, read) = await ReadAsync(hub);

        var routes = ApiRoutes.Of(hub).Where(route => route.IsDocumented).ToArray();

        Assert.NotEmpty(routes);
        foreach (var route in routes)
            Assert.True(read.Document!.Paths.TryGetValue(route.Pattern, out var path) && path.Operations!.ContainsKey(new HttpMethod(route.Method)), $"{route.Method} {route.Pattern}");
    }

    [Fact]
    public async Task Every_operation_says_what_it_does_what_it_takes_and_how_it_refuses()
    {
        await using var hub = await WebHub.StartAsync();
        var (_, read) = await ReadAsync(hub);

        foreach (var (path, item) in read.Document!.Paths.Where(path => path.Key.StartsWith("/api", StringComparison.Ordinal)))
            foreach (var (method, operation) in item.Operations!)
            {
                var name = $"{method} {path}";
                Assert.True(operation.Summary is { Length: > 10 }, name);
                Assert.True(operation.OperationId is { Length: > 3 }, name);
                Assert.Equal(ApiRoutes.Open.Contains(path) ? 0 : 2, operation.Security?.Count ?? 0);
                Assert.All(operation.Parameters ?? [], parameter => Assert.True(parameter.Description is { Length: > 5 }, $"{name} {parameter.Name}"));
                Assert.All(["400", "401", "403", "429", "500"], status => Assert.True(operation.Responses![status].Content!.ContainsKey("application/problem+json"), $"{name} {status}"));
                Assert.Contains(operation.Responses!.Keys, status => status[0] == '2');
                Assert.Equal(method == HttpMethod.Post, operation.Parameters?.Any(parameter => parameter.Name == "Idempotency-Key") ?? false);
            }
    }

    [Fact]
    public async Task Ids_are_text_in_it_and_what_may_be_absent_is_not_required()
    {
        await using var hub = await WebHub.StartAsync();
        var (_, read) = await ReadAsync(hub);
        var schemas = read.Document!.Components!.Schemas!;

        Assert.Equal(JsonSchemaType.String, schemas["RecordId"].Type);
        Assert.Equal(JsonSchemaType.String, schemas["RecordView"].Properties!["links"].Items!.Type);
        Assert.DoesNotContain("next", schemas["PageOfRecordView"].Required!);
        Assert.Contains("items", schemas["PageOfRecordView"].Required!);
        Assert.DoesNotContain("system", schemas["StartRun"].Required!);
        Assert.Equal(JsonSchemaType.Integer, schemas["Problem"].Properties!["status"].Type);
    }

    private static async Task<(string Text, Microsoft.OpenApi.Reader.ReadResult Read)> ReadAsync(WebHub hub)
    {
        var text = await hub.Anonymous.GetStringAsync(new Uri("api/openapi.json", UriKind.Relative));
        return (text, OpenApiDocument.Parse(text, "json"));
    }
}
