using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;
using StackHub.Audit.Inventory;

namespace StackHub.Audit.Imports;

/// <summary>What lists say, as it comes together. Every name of a product goes through the catalogue, so that its editions and modes are one tool.</summary>
public sealed class InventoryDraft(IToolCatalogue catalogue, LocalDate today)
{
    private readonly Dictionary<string, ToolDraft> byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<ToolId, ToolDraft> byId = [];
    private readonly Dictionary<UserId, Leaver> leavers = [];

    public LocalDate Today => today;

    public UsageBuilder Usage { get; } = new();

    public IEnumerable<ToolDraft> Tools => byId.Values;

    /// <summary>The tool of that name, new or known.</summary>
    public ToolDraft Tool(string name)
    {
        if (byName.TryGetValue(name, out var draft))
            return draft;
        var known = catalogue.ByName(name);
        var id = known?.Id ?? ToolId.Of(name);
        if (!byId.TryGetValue(id, out draft))
            byId.Add(id, draft = new(id, known?.Name ?? name.Trim(), known));
        return byName[name] = draft;
    }

    /// <summary>The id of the tool of that name, which need not be in the stack.</summary>
    public ToolId IdOf(string name) => catalogue.ByName(name)?.Id ?? ToolId.Of(name);

    /// <summary>Somebody's account, as some list has it.</summary>
    /// <param name="told">False where the list knows of no logins.</param>
    public void AddAccount(ToolDraft tool, UserId user, LocalDate? lastLogin, bool told) => Usage.Add(tool.Id, user, lastLogin, told);

    public void AddLeaver(Leaver leaver) => leavers[leaver.User] = leaver;

    public FrozenDictionary<UserId, Leaver> Leavers() => leavers.ToFrozenDictionary();

    public ImmutableArray<Tool> Build() => [.. byId.Values.Where(draft => draft.Id.Text.Length > 0).Select(draft => draft.Build()).OrderBy(tool => tool.Id)];
}
