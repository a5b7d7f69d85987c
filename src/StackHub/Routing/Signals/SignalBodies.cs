using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Identity;
using StackHub.Routing.Board;
using StackHub.Routing.Flow;
using StackHub.Routing.Ledger;
using StackHub.Suppression;

namespace StackHub.Routing.Signals;

/// <summary>What is told: a type, a time and the data, as Standard Webhooks lay it out.</summary>
internal sealed record SignalBody<T>(string Type, DateTimeOffset Timestamp, T Data);

/// <summary>All that somebody who gets a lead wants to know before they speak to it.</summary>
/// <param name="OwnerIds">The owner's ids in the tools.</param>
/// <param name="Considered">What was considered, and what came of it.</param>
/// <param name="Records">The lead in the tools.</param>
/// <param name="DueAt">By when somebody has to speak to it; absent where nothing is promised.</param>
/// <param name="Fields">What the configuration lets go along.</param>
internal sealed record ContextPacket(string Lead, int Attempt, string Owner, IReadOnlyDictionary<string, string> OwnerIds, string Step, string? Pool, string Why, string Version, string Match, string? Account, string? DueAt, IReadOnlyList<PacketStep> Considered, IReadOnlyList<PacketRecord> Records, IReadOnlyDictionary<string, string?> Fields);

internal sealed record PacketStep(string Name, string Outcome);

internal sealed record PacketRecord(string System, string Type, string Id);

/// <summary>A pool whose every member fails a check while leads wait.</summary>
internal sealed record CapacityData(string Pool, int Waiting, DateTimeOffset Since, IReadOnlyList<CapacityMember> Members);

/// <param name="Check">Why they cannot be chosen; absent when they can.</param>
internal sealed record CapacityMember(string Owner, string? Check);

/// <summary>Writes what is told.</summary>
public sealed class SignalBodies(LeadFiles files, RoutingLedger ledger, Redirects redirects, SuppressionList suppression)
{
    private const string AccountPrefix = "account.";
    private const string Due = "slaDueAt";

    /// <summary>Null when it is not to be told any more: the lead was erased, or the decision has ended.</summary>
    public async Task<string?> OfAsync(RoutingSignal signal, RoutingPlan plan, CancellationToken cancellationToken)
    {
        if (signal.Lead is not { } lead)
            return signal.Body;
        await redirects.EnsureFreshAsync(cancellationToken);
        await suppression.EnsureFreshAsync(cancellationToken);
        if (await ledger.FindAsync(lead, signal.Attempt, cancellationToken) is not { Entry: { State: LedgerState.Decided, Owner: { } owner } entry } || await files.OpenAsync(redirects.Follow(lead), plan, cancellationToken) is not { } file || plan.Scope.IsSuppressed(file.Facts))
            return null;
        var packet = new ContextPacket(
            lead.ToString(), entry.Attempt, owner, Ids(plan, new(owner)), entry.Step!, entry.Pool, entry.Trace.Why, entry.Trace.Plan, file.Match, file.Account?.Record.Id.ToString(), file.View.Text(Due),
            [.. entry.Trace.Steps.Select(step => new PacketStep(step.Name, step.Outcome))],
            [.. file.Record.Links.Where(link => link.Active && link.Ref.System != Flows.HubAuthor.System).Select(link => new PacketRecord(link.Ref.System.Name, link.Ref.ObjectType, link.Ref.Id))],
            plan.Signals!.Fields.ToDictionary(field => field, field => field.StartsWith(AccountPrefix, StringComparison.Ordinal) ? file.Account?.Text(field[AccountPrefix.Length..]) : file.View.Text(field), StringComparer.Ordinal));
        return JsonSerializer.Serialize(new(signal.Kind, signal.At, packet), SignalJson.Default.SignalBodyContextPacket);
    }

    /// <summary>Of a pool: it names owners and numbers.</summary>
    internal static string Of(string kind, PoolBoard board, DateTimeOffset since, DateTimeOffset at) => JsonSerializer.Serialize(
        new(kind, at, new(board.Name, board.Waiting, since, [.. board.Members.Select(member => new CapacityMember(member.Member.Owner.Name, member.Check))])), SignalJson.Default.SignalBodyCapacityData);

    private static Dictionary<string, string> Ids(RoutingPlan plan, OwnerId owner) =>
        plan.Owners.GetValueOrDefault(owner)?.Ids.ToDictionary(id => id.Key.Name, id => id.Value, StringComparer.Ordinal) ?? [];
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SignalBody<ContextPacket>))]
[JsonSerializable(typeof(SignalBody<CapacityData>))]
internal sealed partial class SignalJson : JsonSerializerContext;
