namespace StackHub.Audit.Inventory;

/// <summary>Somebody who uses or owns a tool, by the name the lists agree on (mostly an address, lower-cased). It prints as a mask.</summary>
public readonly record struct UserId(string Text) : IComparable<UserId>
{
    public static UserId? Of(string? text) => string.IsNullOrWhiteSpace(text) ? null : new(text.Trim().ToLowerInvariant());

    public int CompareTo(UserId other) => string.CompareOrdinal(Text, other.Text);

    public override string ToString() => "[user]";
}
