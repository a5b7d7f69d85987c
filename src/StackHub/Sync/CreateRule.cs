using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Records;

namespace StackHub.Sync;

/// <summary>Why a record is not created in a system where it is missing; null when it may be.</summary>
public static class CreateRule
{
    public static string? Obstacle(CanonicalView view, SystemModel system, string? phoneRegion) =>
        Unfit(view, system, phoneRegion) ?? view.Permissions.Obstacle(system.Id);

    /// <summary>The same without asking what the person has allowed.</summary>
    public static string? Unfit(CanonicalView view, SystemModel system, string? phoneRegion)
    {
        var record = view.Record;
        if (!system.Creates.ContainsKey(record.Kind))
            return $"{system.Id} is not given new records of this kind";
        if (record.MergedInto is not null)
            return "it lives on in another record";
        if (record.Contested)
            return "another record owns its address; a person must decide whether they are one";
        if (record.Links.Any(link => link.Ref.System == system.Id))
            return "it was there and was deleted; it is not created again on its own";
        return record.Kind == RecordKind.Person
            ? PersonObstacle(view, phoneRegion)
            : view.Text("name") is null ? "it has no name" : null;
    }

    /// <summary>An address that nobody can be reached at identifies nobody, and would make a duplicate at every read.</summary>
    private static string? PersonObstacle(CanonicalView view, string? phoneRegion) =>
        EmailKey.From(view.Text("email")) is null && PhoneKey.From(view.Text("phone") ?? view.Text("mobilePhone"), phoneRegion) is null
            ? "it has neither a valid e-mail address nor a valid phone number"
            : null;
}
