using StackHub.Audit;
using StackHub.Audit.Inventory;
using StackHub.Audit.Planning;

namespace StackHub.Web.Audit;

/// <summary>The question which of two tools to keep, and its answer.</summary>
/// <param name="Keep">As it was asked for; empty when nothing was.</param>
/// <param name="Answer">Null until two tools of the stack are named.</param>
/// <param name="Unknown">Names that no tool of the stack has.</param>
public sealed record WhatIfModel(AuditModel Audit, string Keep, string Drop, Consolidation? Answer, IReadOnlyList<string> Unknown)
{
    /// <summary>More than that nobody looks through.</summary>
    private const int MostChoices = 500;

    public IEnumerable<string> Choices => Audit.Tools.Take(MostChoices).Select(row => row.Tool.Name);

    public bool IsSame => Keep.Length > 0 && Unknown.Count == 0 && Answer is null;

    public static WhatIfModel Of(AuditModel audit, AuditView view, IToolCatalogue catalogue, string? keep, string? drop)
    {
        var (first, second) = (keep?.Trim() ?? "", drop?.Trim() ?? "");
        if (first.Length == 0 || second.Length == 0)
            return new(audit, first, second, null, []);
        var (kept, dropped) = (Find(view, catalogue, first), Find(view, catalogue, second));
        string[] unknown = [.. new[] { (first, kept), (second, dropped) }.Where(one => one.Item2 is null).Select(one => one.Item1)];
        return new(audit, kept?.Name ?? first, dropped?.Name ?? second, kept is not null && dropped is not null && kept.Id != dropped.Id ? Consolidation.Of(view, kept, dropped) : null, unknown);
    }

    /// <summary>By its id or any name it goes by.</summary>
    internal static Tool? Find(AuditView view, IToolCatalogue catalogue, string name) =>
        view.Stack.Find(new(name)) ?? view.Stack.Find(catalogue.ByName(name)?.Id ?? ToolId.Of(name));

    public override string ToString() => $"what if {Answer?.Keep} without {Answer?.Drop}";
}
