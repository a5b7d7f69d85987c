namespace StackHub.Sandbox.Vendors.HubSpot;

/// <summary>What the app wants to hear of.</summary>
internal sealed class HubSpotSubscriptions
{
    private static readonly string[] Kinds = ["creation", "deletion", "merge", "restore", "associationChange"];

    private int last = 12_344;

    public HubSpotSubscriptions(IReadOnlyList<string> properties, DateTimeOffset now)
    {
        foreach (var type in HubSpotType.All)
        {
            foreach (var kind in Kinds)
                Add($"{type.Singular}.{kind}", null, true, now);
            if (properties.Count == 0)
                Add($"{type.Singular}.propertyChange", null, true, now);
            foreach (var property in properties)
                Add($"{type.Singular}.propertyChange", property, true, now);
        }

        Add("contact.privacyDeletion", null, true, now);
    }

    public List<HubSpotSubscription> All { get; } = [];

    /// <summary>The active subscription for this event; one without a property stands for all properties.</summary>
    public HubSpotSubscription? Wanting(string type, string? property) => All.Find(subscription =>
        subscription.Active && subscription.EventType == type && (subscription.Property is null || subscription.Property == property));

    public HubSpotSubscription Add(string type, string? property, bool isActive, DateTimeOffset now)
    {
        var subscription = new HubSpotSubscription(++last, type, property, now) { Active = isActive };
        All.Add(subscription);
        return subscription;
    }
}

/// <summary>One subscription of the app.</summary>
internal sealed record HubSpotSubscription(int Id, string EventType, string? Property, DateTimeOffset CreatedAt)
{
    public bool Active { get; set; }
}
