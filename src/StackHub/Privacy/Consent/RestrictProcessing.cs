using StackHub.Flows;
using StackHub.Permissions;
using StackHub.Records;

namespace StackHub.Privacy.Consent;

/// <summary>Places and lifts a restriction of processing. Repeating either changes nothing.</summary>
public sealed class RestrictProcessing(FieldWrites writes)
{
    public Task PlaceAsync(RecordId person, DateTimeOffset at, CancellationToken cancellationToken) => WriteAsync(person, Restriction.On, at, cancellationToken);

    /// <summary>False, and nothing is lifted, unless the person was told before (Art 18(3) GDPR).</summary>
    public async Task<bool> LiftAsync(RecordId person, DateTimeOffset at, DateTimeOffset? toldAt, CancellationToken cancellationToken)
    {
        if (!MayLift(at, toldAt))
            return false;
        await WriteAsync(person, Restriction.Off, at, cancellationToken);
        return true;
    }

    public static bool MayLift(DateTimeOffset at, DateTimeOffset? toldAt) => toldAt < at;

    private Task WriteAsync(RecordId person, string value, DateTimeOffset at, CancellationToken cancellationToken) =>
        writes.SendAsync([new FieldWrite(person, at, new Dictionary<string, string?> { [Restriction.Field] = value })], cancellationToken);
}
