using StackHub.Configuration;
using StackHub.Permissions;
using StackHub.Privacy.Consent;
using StackHub.Records;

namespace StackHub.Web.Privacy;

/// <summary>What a person allowed and refused, and everything that was said about it.</summary>
/// <param name="RestrictedSince">Since when processing is restricted; absent when it is not.</param>
public sealed record ConsentView(RecordId Person, DateTimeOffset? RestrictedSince, IReadOnlyList<StandingView> Purposes, IReadOnlyList<ConsentEventView> Events)
{
    public static ConsentView Of(HubRecord record, IReadOnlyList<ConsentEvent> events, HubModel model)
    {
        var standings = ConsentRules.Standings(record, [.. events.Concat(ConsentRules.Flags(record, model.Purposes))], model.Purposes);
        return new(record.Id, new RecordPermissions(record, model.Purposes).RestrictedSince,
            [.. model.Purposes.All.Select(purpose => StandingView.Of(purpose, standings[purpose.Name], model.Privacy.AskAgainMonths))],
            [.. events.Select(said => new ConsentEventView(said.At, said.Purpose, said.IsOptIn, PrivacyWords.Of(said.Basis), said.Source, said.Channel, said.Proof))]);
    }

    public override string ToString() => $"consent of {Person}";
}

/// <param name="State">granted, refused or unknown.</param>
/// <param name="Allowed">Whether data may be used for it now.</param>
/// <param name="Why">In a few words.</param>
/// <param name="MayAskFrom">From when somebody who opted out of a sale may be asked to opt in again (Civ. Code 1798.135(c)(4), California's day); absent otherwise.</param>
public sealed record StandingView(string Purpose, string Use, string Rule, string State, bool Allowed, string Why, DateOnly? MayAskFrom)
{
    public static StandingView Of(Purpose purpose, ConsentStanding standing, int askAgainMonths) => new(
        purpose.Name, PrivacyWords.Of(purpose.Use), PrivacyWords.Of(purpose.Rule), PrivacyWords.Of(standing.State), purpose.Allows(standing.State),
        standing.By is null && purpose.Rule == PurposeRule.OptOut ? "nobody refused it" : RecordPermissions.Reason(purpose, standing),
        SaleOptOutDates.MayAskFrom(purpose, standing, askAgainMonths));
}

public sealed record ConsentEventView(DateTimeOffset At, string Purpose, bool OptIn, string Basis, string Source, string? Channel, string? Proof)
{
    public override string ToString() => $"event of {Purpose}";
}

/// <param name="New">Events that were not known yet.</param>
public sealed record ConsentRecorded(int New);

/// <summary>What is shown to a visitor whose browser sent a signal.</summary>
/// <param name="Honoured">False when what came is no signal.</param>
public sealed record SignalView(bool Honoured, string? Confirmation, DateOnly? DueBy);
