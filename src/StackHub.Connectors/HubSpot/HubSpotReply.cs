using System.Net;

namespace StackHub.Connectors.HubSpot;

/// <summary>A batch call's answer: what came back, or why the whole batch was refused.</summary>
internal readonly record struct HubSpotReply<T>(HttpStatusCode Status, T? Answer, HubSpotError? Error)
    where T : class
{
    public override string ToString() => Status.ToString();
}
