namespace StackHub.Privacy.Clocks;

/// <summary>Whether a notice extends a request's term.</summary>
public abstract record ExtensionDecision
{
    private ExtensionDecision()
    {
    }

    public sealed record Granted(ClockRow Row) : ExtensionDecision;

    public sealed record Refused(ExtensionRefusal Why, string Explain) : ExtensionDecision
    {
        /// <summary>The first term passed without an answer or a notice: that is to be recorded.</summary>
        public bool IsBreach => Why == ExtensionRefusal.Late;
    }
}

public enum ExtensionRefusal
{
    NoSuchRight,
    NotExtendable,
    AlreadyExtended,
    NoReason,
    Late,
}
