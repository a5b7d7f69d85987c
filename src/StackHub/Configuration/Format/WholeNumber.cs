using System.Globalization;
using System.Text.Json.Nodes;
using StackHub.Configuration.Yaml;

namespace StackHub.Configuration.Format;

internal sealed class WholeNumber(int least, int most) : Shape<int?>
{
    public override string Expects => $"A whole number from {least} to {most}";

    public override int? Read(Node node, string path, ProblemList problems) =>
        node is ScalarNode scalar && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : Wrong(node, path, problems);

    public override JsonObject Schema() => new() { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most };
}
