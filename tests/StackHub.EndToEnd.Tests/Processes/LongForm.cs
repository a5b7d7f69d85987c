namespace StackHub.EndToEnd.Tests.Processes;

/// <summary>STACKHUB_LONG=1 asks for the long form of the tests.</summary>
internal static class LongForm
{
    public static bool IsOn => Environment.GetEnvironmentVariable("STACKHUB_LONG") == "1";

    public static int Or(int @short, int @long) => IsOn ? @long : @short;
}
