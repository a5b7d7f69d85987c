using StackHub.Audit.Inventory;

namespace StackHub.Audit.Checks;

/// <summary>The owner left: the tool, each of its flows and its credential want a new one.</summary>
public sealed class OwnerLeft : IAuditCheck
{
    public string Name => "owner-left";

    public string Question => "What is owned by somebody who left?";

    public IEnumerable<Finding> Find(AuditView view) =>
        view.Stack.Tools.SelectMany(tool => OfTool(view, tool).Concat(view.Stack.AssetsOf(tool.Id).SelectMany(asset => OfAsset(view, tool, asset))));

    private IEnumerable<Finding> OfTool(AuditView view, Tool tool)
    {
        if (Gone(view, tool.Owner) is { } leaver)
            yield return this.Of(tool, Severity.High, $"The owner of {tool.Name} left.", Since(leaver)) with { Owner = null };
    }

    private IEnumerable<Finding> OfAsset(AuditView view, Tool tool, ToolAsset asset)
    {
        if (Gone(view, asset.Owner ?? tool.Owner) is not { } leaver)
            yield break;
        var kind = asset.Kind.ToString().ToLowerInvariant();
        yield return this.Of(tool, asset.Kind == AssetKind.Credential ? Severity.High : Severity.Medium, $"The owner of {kind} {asset.Name} of {tool.Name} left.", Since(leaver)) with
        {
            Subject = $"{tool.Id}/{kind}/{asset.Name}",
            Owner = tool.Owner is { } owner && !view.Stack.HasLeft(owner) ? owner : null,
        };
    }

    private static Leaver? Gone(AuditView view, UserId? owner) => owner is { } one ? view.Stack.Leavers.GetValueOrDefault(one) : null;

    private static Evidence Since(Leaver leaver) => Proof.Text("left", leaver.Since is { } day ? AuditWords.Day(day) : "day not known");
}
