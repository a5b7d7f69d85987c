namespace StackHub.Connecting;

/// <summary>Where a tool stands in the flow of people's data: what comes first feeds what comes later.</summary>
public enum SystemRole
{
    Crm,
    Marketing,
    Service,
}
