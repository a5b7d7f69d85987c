using StackHub.Mapping;

namespace StackHub.Lifecycle;

/// <summary>The canonical fields that the lifecycle writes, and the facts it reads.</summary>
public static class StageFields
{
    /// <summary>Where a person, or an account, is now.</summary>
    public const string Current = "lifecycleStage";

    /// <summary>The farthest a person ever was.</summary>
    public const string HighWater = "lifecycleHighWater";

    /// <summary>By when somebody has to do something about a person.</summary>
    public const string DueAt = "slaDueAt";

    /// <summary>Set while a promise is broken: the stage, and since when. What re-routes leads reads it.</summary>
    public const string Breach = "slaBreach";

    /// <summary>An account is worth sales' time.</summary>
    public const string Qualified = "marketingQualified";

    /// <summary>What a CRM calls the stage of an opportunity; only how long it stays there counts.</summary>
    public const string DealStage = "stage";

    public const string IsClosed = "isClosed";

    public const string IsWon = "isWon";

    public const string Converted = FieldDefinition.Converted;
}
