using System.Collections.Immutable;

namespace StackHub.Routing.Signals;

/// <summary>Who is told of routed leads and of pools without capacity, by webhooks signed as Standard Webhooks says.</summary>
/// <param name="Secret">A reference; never the secret itself.</param>
/// <param name="Fields">What of the person, and of the account, goes along with a routed lead.</param>
public sealed record SignalTarget(Uri Url, string Secret, ImmutableArray<string> Fields);
