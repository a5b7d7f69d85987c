namespace StackHub.Cli.CommandLine;

/// <summary>What scripts read: the process's exit codes, as every help text documents them.</summary>
public static class ExitCode
{
    public const int Fine = 0;

    /// <summary>The command ran and found something a person should see to.</summary>
    public const int Problems = 1;

    /// <summary>Bad usage or configuration, or a folder that cannot be used.</summary>
    public const int BadUsage = 2;

    public const int VendorUnavailable = 3;

    public const int NotFound = 4;

    /// <summary>A mistake in StackHub itself.</summary>
    public const int Bug = 70;

    public const int Interrupted = 130;

    public const string Documentation = """
        Exit codes:
          0    fine
          1    ran, and found problems (doctor, config check, demo check, open conflicts, refused or waiting writes)
          2    bad usage or configuration
          3    a vendor is unavailable
          4    not found
          130  interrupted
        """;
}
