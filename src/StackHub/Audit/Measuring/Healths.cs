using StackHub.Audit.Inventory;

namespace StackHub.Audit.Measuring;

/// <summary>A tool's health: 25 for use, 20 for ownership, 20 for the integration, 20 for privacy, 15 for security.</summary>
public static class Healths
{
    public static ToolHealth Of(Tool tool, ToolUse use, AuditView view)
    {
        HealthPart[] parts = [Utilisation(tool, use), Ownership(tool, view.Stack), Integration(tool, view.Settings), Privacy(tool, view), Security(tool)];
        var known = parts.Sum(part => part.Known);
        return new(tool.Id, known > 0 ? 100 * parts.Sum(part => part.Earned) / known : null, known / parts.Sum(part => part.Weight), [.. parts]);
    }

    /// <summary>Seats used, and capabilities used: a tool may be full of people who use a tenth of it.</summary>
    private static HealthPart Utilisation(Tool tool, ToolUse use) => new Points("utilisation", 25)
        .Add(15, use.Utilisation, "seats used")
        .Add(10, tool.Available.Count > 0 && tool.Activated.Count > 0 && !tool.ActivatedIsAssumed ? Math.Min(1, (double)tool.Activated.Count / tool.Available.Count) : null, "capabilities used")
        .Part();

    /// <summary>What is missing here is known to be missing.</summary>
    private static HealthPart Ownership(Tool tool, StackInventory stack) => new Points("ownership", 20)
        .Add(8, tool.Owner is { } owner && !stack.HasLeft(owner), "an owner who is here")
        .Add(6, tool.Contract is not null || tool.Cost is { IsFree: true }, "contract with its renewal")
        .Add(6, tool.Cost is not null, "cost")
        .Part();

    private static HealthPart Integration(Tool tool, AuditSettings settings) => new Points("integration", 20)
        .Add(8, 1 - (tool.Integration?.ErrorRate / settings.WorstErrorRate), "writes that succeed")
        .Add(6, 1 - (tool.Integration?.Lag / settings.WorstLag), "lag")
        .Add(6, tool.Integration?.AuthAge is { } age ? age.TotalDays <= settings.CredentialDays : null, "age of the credential")
        .Part();

    private static HealthPart Privacy(Tool tool, AuditView view)
    {
        var personal = view.FlowsOf[tool.Id].Where(flow => flow.Personal).ToArray();
        return new Points("privacy", 20)
            .Add(6, tool.Privacy.ProcessingAgreement, "processing agreement")
            .Add(4, tool.Privacy.Residency is null ? null : true, "residency")
            .Add(6, Erasure(ErasureLevels.LevelOf(tool.Privacy)), "erasure")
            .Add(4, personal.Length == 0 ? null : (double)personal.Count(flow => flow.Purpose is not null) / personal.Length, "personal fields with a purpose")
            .Part();
    }

    private static double? Erasure(ErasureLevel level) => level switch
    {
        ErasureLevel.Proven => 1,
        ErasureLevel.Claimed => 0.5,
        ErasureLevel.ByHand => 0.25,
        ErasureLevel.Failing => 0,
        _ => null,
    };

    private static HealthPart Security(Tool tool) => new Points("security", 15)
        .Add(6, tool.Security.SingleSignOn, "single sign-on")
        .Add(5, tool.Security.MultiFactor, "second factor")
        .Add(4, tool.Security.LeastScope, "least rights")
        .Part();
}
