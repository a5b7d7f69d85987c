using StackHub.Records;
using StackHub.Suppression;

namespace StackHub.Privacy.Tasks;

/// <summary>The hub is a system like any other: its own copies of a person are erased place by place, and asked again until none has any.</summary>
public sealed class HubCopies(IEnumerable<ISubjectStore> places, PrivacyTrail trail)
{
    private const int Rounds = 3;
    private readonly ISubjectStore[] ordered = [.. places.OrderBy(place => place.Order).ThenBy(place => place.Name, StringComparer.Ordinal)];

    /// <summary>True when the last round found nothing any more.</summary>
    public async Task<bool> EraseAsync(PrivacyRequest request, CancellationToken cancellationToken)
    {
        var subject = Of(request.Known);
        for (var round = 0; round < Rounds; round++)
        {
            var erased = 0;
            foreach (var place in ordered)
                erased += await EraseAsync(request.Id, place, subject, round, cancellationToken);
            if (erased == 0)
                return true;
        }
        return false;
    }

    private async Task<int> EraseAsync(RequestId request, ISubjectStore place, ErasedSubject subject, int round, CancellationToken cancellationToken)
    {
        var rows = await place.EraseAsync(subject, cancellationToken);
        if (rows > 0)
            await trail.NoteAsync(request, "hub-copy-erased", $"{place.Name}: {rows}", $"hub-{place.Name}-{round}", cancellationToken);
        return rows;
    }

    private static ErasedSubject Of(IReadOnlyList<Alias> aliases) => new(
        [.. aliases.Where(alias => alias.Kind == "record").Select(alias => RecordId.Parse(alias.Text))],
        [.. aliases.Where(alias => alias.Kind == "link").Select(alias => alias.Text.Split('/', 3)).Where(parts => parts.Length == 3).Select(parts => new ExternalRef(new(parts[0]), parts[1], parts[2]))],
        [.. aliases.Where(alias => alias.Kind is not ("record" or "link")).Select(alias => (alias.Kind, alias.Text))]);
}
