namespace StackHub.Testing.FunctionsHost;

internal static class HostId
{
    public static string New() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
}
