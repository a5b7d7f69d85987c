using StackHub.Connecting;

namespace StackHub.Connectors.Marketo;

/// <summary>A place in the order of changes. Ids are numbers written as text, so a shorter one is smaller.</summary>
internal readonly record struct MarketoKey(DateTimeOffset Time, string Id) : IComparable<MarketoKey>
{
    public static MarketoKey Of(DateTimeOffset time, string id) => new(time, id);

    public static MarketoKey Of(FeedPosition position) => new(position.Time, position.Id);

    public int CompareTo(MarketoKey other)
    {
        var byTime = Time.CompareTo(other.Time);
        if (byTime != 0)
            return byTime;
        var byLength = Id.Length.CompareTo(other.Id.Length);
        return byLength != 0 ? byLength : string.CompareOrdinal(Id, other.Id);
    }
}
