using StackHub.Identity;
using StackHub.Permissions;
using StackHub.Privacy.Planning;
using StackHub.Records;

namespace StackHub.Privacy.Tasks;

/// <summary>Whether somebody's processing is restricted, as their records say now: asked before each dispatch that deletes.</summary>
public sealed class RestrictedPeople(RecordStore records, Redirects redirects)
{
    public async Task<bool> AnyAsync(RequestPlan? plan, CancellationToken cancellationToken)
    {
        foreach (var id in (plan?.Records ?? []).Select(redirects.Follow).Distinct())
            if (await IsAsync(id, cancellationToken))
                return true;
        return false;
    }

    public async Task<bool> IsAsync(RecordId record, CancellationToken cancellationToken) =>
        await records.ReadAsync(record, cancellationToken) is { } stored && Restriction.Since(stored.Record) is not null;
}
