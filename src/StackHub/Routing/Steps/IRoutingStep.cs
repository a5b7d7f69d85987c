namespace StackHub.Routing.Steps;

/// <summary>A step before the rules: a name and one question.</summary>
public interface IRoutingStep
{
    string Name { get; }

    /// <summary>Null for no opinion.</summary>
    StepAnswer? Ask(LeadCase lead);
}

/// <summary>What a step says: whose the lead is, or that it is nobody's.</summary>
public abstract record StepAnswer
{
    private StepAnswer()
    {
    }

    /// <summary>Theirs, without using a turn of any pool.</summary>
    public sealed record Theirs(OwnerId Owner) : StepAnswer;

    public sealed record Nobodys(string Reason) : StepAnswer;
}
