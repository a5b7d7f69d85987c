using System.Collections.Immutable;

namespace StackHub.Audit.Measuring;

/// <summary>Adds up the points of one part of a tool's health.</summary>
internal sealed class Points(string name, int weight)
{
    private readonly ImmutableArray<string>.Builder reasons = ImmutableArray.CreateBuilder<string>();
    private double known;
    private double earned;

    /// <param name="share">0 to 1 of the points; null when it is not known.</param>
    public Points Add(int points, double? share, string reason)
    {
        if (share is { } of)
        {
            known += points;
            earned += points * Math.Clamp(of, 0, 1);
        }

        reasons.Add(share is null ? $"{reason}: not known" : $"{reason}: {points * Math.Clamp(share.Value, 0, 1):0.#} of {points}");
        return this;
    }

    public Points Add(int points, bool? has, string reason) => Add(points, has is { } known ? known ? 1.0 : 0.0 : null, reason);

    public HealthPart Part() => new(name, weight, known, earned, reasons.ToImmutable());
}
