using System.Diagnostics;
using System.Globalization;

namespace StackHub.Leases;

/// <summary>
/// This process as an owner of leases: "machine|pid|start". A lease of a process of this machine that is no longer alive may be taken
/// at once, so that a restart after a crash does not wait for its own lease to expire.
/// </summary>
public sealed class LeaseOwner(string name)
{
    public LeaseOwner()
        : this(NameOf(Environment.ProcessId))
    {
    }

    public string Name { get; } = name;

    public static bool IsDead(string owner)
    {
        var parts = owner.Split('|');
        return parts.Length == 3 && parts[0] == Environment.MachineName && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var id) && NameOf(id) != owner;
    }

    private static string NameOf(int id) => string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}|{id}|{StartOf(id)}");

    /// <summary>The kernel's own start tick, since a start time computed from the clock differs by rounding; elsewhere only "alive" is known.</summary>
    private static string StartOf(int id)
    {
        if (!OperatingSystem.IsLinux())
            return IsAlive(id) ? "alive" : "dead";
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (IOException)
        {
            return "dead";
        }
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
