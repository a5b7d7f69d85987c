using System.Text.Json.Nodes;

namespace StackHub.Sandbox.Webhooks;

/// <summary>One event on its way out: what it is about, and its body in the vendor's own shape.</summary>
internal sealed record WebhookEvent(string Topic, JsonObject Body);
