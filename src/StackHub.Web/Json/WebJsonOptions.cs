using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Sync.Conflicts;
using StackHub.Web.Health;
using StackHub.Web.Runs;

namespace StackHub.Web.Json;

/// <summary>How the API's JSON looks: camel case, names in kebab case, nothing for what is absent.</summary>
public static class WebJsonOptions
{
    public static void Apply(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new RecordIdConverter());
        options.Converters.Add(new SystemIdConverter());
        options.Converters.Add(new ExternalRefConverter());
        options.Converters.Add(Names<RecordKind>());
        options.Converters.Add(Names<SystemStage>());
        options.Converters.Add(Names<SystemMode>());
        options.Converters.Add(Names<ConflictKind>());
        options.Converters.Add(Names<RunKind>());
        options.Converters.Add(Names<RunState>());
        options.Converters.Add(Names<Reach>());
        options.TypeInfoResolverChain.Insert(0, WebJson.Default);
    }

    private static JsonStringEnumConverter<T> Names<T>() where T : struct, Enum => new(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
}
