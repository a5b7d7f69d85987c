using System.Text.Json.Nodes;
using StackHub.Configuration.Yaml;

namespace StackHub.Configuration.Format;

/// <summary>An https address; plain http only on this machine, where the sandbox runs.</summary>
internal sealed class WebAddress : Shape<Uri>
{
    public override string Expects => "An https address such as https://hub.example.com";

    public override Uri? Read(Node node, string path, ProblemList problems) =>
        node is ScalarNode { IsNull: false } scalar && Uri.TryCreate(scalar.Text, UriKind.Absolute, out var address) && IsSafe(address)
            ? address
            : WrongUnquoted(node, path, problems);

    public override JsonObject Schema() => new() { ["type"] = "string", ["format"] = "uri", ["pattern"] = "^https?://" };

    private static bool IsSafe(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.Host.Length > 0 && address.Query.Length == 0 && address.Fragment.Length == 0 && address.UserInfo.Length == 0;
}
