using NodaTime;

namespace StackHub.Audit.Inventory;

/// <summary>Two tools that are both wanted, for a reason (region, brand, legal entity), until a day on which that is looked at again.</summary>
public sealed record IntentionalPair(ToolId First, ToolId Second, string Reason, LocalDate Until)
{
    public bool Covers(ToolId one, ToolId other, LocalDate day) =>
        day <= Until && ((First == one && Second == other) || (First == other && Second == one));
}
