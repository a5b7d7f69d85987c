using System.Text.Json;
using StackHub.Configuration;
using YamlDotNet.RepresentationModel;

namespace StackHub.Tests.Configuration;

public sealed class ConfigurationSchemaTests
{
    private const string System = "properties/systems/patternProperties/*";

    private static readonly JsonElement Schema = JsonDocument.Parse(ConfigurationSchema.Json()).RootElement;
    private static readonly JsonElement WithVendors = JsonDocument.Parse(ConfigurationSchema.Json(Vendors.All)).RootElement;

    /// <summary>Every block of the file with a key nobody knows, and where its keys are in the schema.</summary>
    public static TheoryData<string, string> Blocks => new()
    {
        { "zzzzzzzzz: 1", "" },
        { "hub: { zzzzzzzzz: 1 }", "properties/hub" },
        { "hub: { horizon: { zzzzzzzzz: 1 } }", "properties/hub/properties/horizon" },
        { "hub: { fights: { zzzzzzzzz: 1 } }", "properties/hub/properties/fights" },
        { "systems: { a: { zzzzzzzzz: 1 } }", System },
        { "systems: { a: { create: { zzzzzzzzz: 1 } } }", System + "/properties/create" },
        { "systems: { a: { fuse: { zzzzzzzzz: 1 } } }", System + "/properties/fuse" },
        { "systems: { a: { objects: { Contact: { zzzzzzzzz: 1 } } } }", System + "/properties/objects/additionalProperties/anyOf/1" },
        { "systems: { a: { objects: { Contact: { fields: { email: { zzzzzzzzz: 1 } } } } } }", System + "/properties/objects/additionalProperties/anyOf/1/properties/fields/patternProperties/*/anyOf/1" },
        { "fields: { zzzzzzzzz: 1 }", "properties/fields" },
        { "fields: { person: { email: { zzzzzzzzz: 1 } } }", "properties/fields/properties/person/patternProperties/*" },
    };

    [Fact]
    public void The_sample_is_of_the_schema() => Assert.Empty(SchemaCheck.Errors(Schema, Yaml(ConfigurationWriter.Sample())));

    [Fact]
    public void The_sample_is_of_the_schema_that_knows_the_vendors() => Assert.Empty(SchemaCheck.Errors(WithVendors, Yaml(ConfigurationWriter.Sample())));

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Every_key_the_loader_accepts_is_in_the_schema_and_no_other(string yaml, string block)
    {
        var known = Loading.Problems(yaml).Single(problem => problem.Message.Contains("zzzzzzzzz", StringComparison.Ordinal)).Cure;

        var properties = At(Schema, block).GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal);

        Assert.Equal($"Known here: {string.Join(", ", properties)}.", known);
    }

    [Fact]
    public void Every_key_has_a_sentence() => Assert.All(Keys(Schema), key => Assert.EndsWith(".", key.Value.GetProperty("description").GetString(), StringComparison.Ordinal));

    [Theory]
    [InlineData("systems: { Bad_Name: { connector: hubspot } }")]
    [InlineData("systems: { a1: { connector: hubspot, poll: 5 } }")]
    [InlineData("systems: { a1: { connector: hubspot, concurrency: 0 } }")]
    [InlineData("systems: { a1: { connector: hubspot, zebra: 1 } }")]
    [InlineData("systems: { a1: { connector: zendesk } }")]
    [InlineData("systems: { a1: { connector: hubspot, settings: { accessToken: hunter2 } } }")]
    [InlineData("systems: { a1: { connector: hubspot, objects: { Contact: none } } }")]
    [InlineData("systems: { a1: { mode: live } }")]
    [InlineData("hub: { shards: 2 }")]
    public void What_the_loader_refuses_for_its_form_the_schema_refuses_too(string yaml)
    {
        Assert.NotEmpty(Loading.Problems(yaml));
        Assert.NotEmpty(SchemaCheck.Errors(WithVendors, Yaml(yaml)));
    }

    private static YamlNode Yaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents[0].RootNode;
    }

    private static JsonElement At(JsonElement schema, string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(schema, (at, step) =>
        at.ValueKind == JsonValueKind.Array ? at[int.Parse(step)] : step == "*" ? at.EnumerateObject().First().Value : at.GetProperty(step));

    private static IEnumerable<JsonProperty> Keys(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Array => schema.EnumerateArray().SelectMany(Keys),
        JsonValueKind.Object => schema.EnumerateObject().SelectMany(property => property.Name == "properties" ? property.Value.EnumerateObject().SelectMany(key => Keys(key.Value).Prepend(key)) : Keys(property.Value)),
        _ => [],
    };
}
