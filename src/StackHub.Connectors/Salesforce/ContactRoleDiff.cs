namespace StackHub.Connectors.Salesforce;

/// <summary>What must happen to an opportunity's contact roles; a changed role keeps its record, so that "primary" survives.</summary>
internal sealed record ContactRoleDiff(IReadOnlyList<ContactRole> Insert, IReadOnlyList<ContactRole> Update, IReadOnlyList<ContactRole> Delete)
{
    public static ContactRoleDiff Between(IReadOnlyList<ContactRole> stored, IReadOnlyList<ContactRole> wanted)
    {
        var wantedTexts = wanted.Select(role => role.Text).ToHashSet(StringComparer.Ordinal);
        var storedTexts = stored.Select(role => role.Text).ToHashSet(StringComparer.Ordinal);
        var delete = stored.Where(role => !wantedTexts.Contains(role.Text)).ToList();
        List<ContactRole> insert = [];
        List<ContactRole> update = [];
        foreach (var role in wanted.Where(role => !storedTexts.Contains(role.Text)))
        {
            var reused = delete.FirstOrDefault(old => old.ContactId == role.ContactId);
            if (reused is not null && delete.Remove(reused))
                update.Add(role with { Id = reused.Id });
            else
                insert.Add(role);
        }

        return new(insert, update, delete);
    }
}
