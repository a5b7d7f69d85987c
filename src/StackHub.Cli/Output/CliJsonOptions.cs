using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Web.Json;

namespace StackHub.Cli.Output;

/// <summary>JSON as the API writes it, indented; what only commands say is added.</summary>
internal static class CliJsonOptions
{
    public static readonly JsonSerializerOptions Default = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        WebJsonOptions.Apply(options);
        options.Converters.Add(new JsonStringEnumConverter<CheckState>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.TypeInfoResolverChain.Add(CliJson.Default);
        options.MakeReadOnly();
        return options;
    }
}
