namespace StackHub.Hosting;

/// <summary>The hub cannot start; the message is for the person who starts it: what is wrong, where, how to mend it.</summary>
public sealed class HubStartException(string message) : Exception(message);
