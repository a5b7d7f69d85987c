using StackHub.Records;

namespace StackHub.Flows;

/// <summary>Whether systems say something else of a field than they did: an echo of our own write is nothing they say.</summary>
public static class FieldChange
{
    public static bool Differs(HubRecord? before, HubRecord after, string field) =>
        after.Links.Any(link => Differs(before?.Link(link.Ref), link, field))
        || before?.Links.Any(link => after.Link(link.Ref) is null && Says(link, field)) == true;

    private static bool Differs(LinkedRecord? before, LinkedRecord after, string field)
    {
        if (ReferenceEquals(before, after))
            return false;
        if (before is null)
            return Says(after, field);
        return before.Active != after.Active ? Says(before, field) || Says(after, field)
            : !ReferenceEquals(before.Cell(field), after.Cell(field)) && !before.Cell(field).State.Authored.SequenceEqual(after.Cell(field).State.Authored);
    }

    private static bool Says(LinkedRecord link, string field) => !link.Cell(field).State.Authored.IsEmpty;
}
