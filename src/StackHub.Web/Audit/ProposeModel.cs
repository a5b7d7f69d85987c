using StackHub.Audit;
using StackHub.Audit.Catalogue;
using StackHub.Audit.Imports;
using StackHub.Audit.Inventory;
using StackHub.Audit.Planning;

namespace StackHub.Web.Audit;

/// <summary>A tool that somebody wants, and what of it the stack does already.</summary>
/// <param name="Chosen">The capabilities it is wanted for.</param>
/// <param name="Answer">Null until a tool is named of which something is known.</param>
public sealed record ProposeModel(AuditModel Audit, string Name, IReadOnlyList<string> Chosen, Selection? Answer)
{
    public const int MostLetters = 100;

    public bool SaysNothing => Name.Length > 0 && Answer is null;

    public static IEnumerable<KeyValuePair<string, string>> Capabilities => ToolCatalogue.Shipped.Capabilities.OrderBy(capability => capability.Value, StringComparer.OrdinalIgnoreCase);

    public static ProposeModel Of(AuditModel audit, AuditView view, IToolCatalogue catalogue, string? name, IEnumerable<string?> capabilities)
    {
        var called = name?.Trim() ?? "";
        string[] chosen = [.. capabilities.OfType<string>().Where(ToolCatalogue.Shipped.Capabilities.ContainsKey).Distinct().Order(StringComparer.Ordinal)];
        if (called.Length is 0 or > MostLetters)
            return new(audit, "", chosen, null);
        var draft = new InventoryDraft(catalogue, view.Stack.Today).Tool(called);
        draft.AddActivated(chosen);
        var candidate = draft.Build();
        return new(audit, candidate.Name, chosen, candidate.Activated.IsEmpty ? null : Selection.Of(view, candidate));
    }

    public override string ToString() => $"proposal {Answer?.Candidate}";
}
