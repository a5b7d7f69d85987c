using StackHub.Calendars;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace StackHub.Lifecycle.Machine;

/// <summary>Reads a machine from YAML; the default one is embedded.</summary>
public static class MachineFile
{
    private const string DefaultName = "Lifecycle/machine.yaml";

    public static LifecycleMachine ReadDefault()
    {
        using var stream = typeof(MachineFile).Assembly.GetManifestResourceStream(DefaultName)!;
        return Read(new StreamReader(stream).ReadToEnd());
    }

    /// <summary>Throws <see cref="FormatException"/> that says what is wrong, where and how to mend it.</summary>
    public static LifecycleMachine Read(string yaml)
    {
        try
        {
            var file = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build().Deserialize<MachineForm>(yaml)
                ?? throw new FormatException("The lifecycle machine is empty: write version, start, authorities, path and stages.");
            return new(file.Version, file.Start, [.. file.Authorities], file.Stages.Select(entry => entry.Value.Stage(entry.Key, file.Path)));
        }
        catch (YamlException e)
        {
            throw new FormatException($"Line {e.Start.Line}: {(e.InnerException ?? e).Message}", e);
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private sealed class MachineForm
    {
        public int Version { get; set; } = 1;
        public string Start { get; set; } = "";
        public List<string> Authorities { get; set; } = [];
        public List<string> Path { get; set; } = [];
        public Dictionary<string, StageForm> Stages { get; set; } = [];
    }

    private sealed class StageForm
    {
        public List<string> Authority { get; set; } = [];
        public List<string> Next { get; set; } = [];
        public List<string> Cycle { get; set; } = [];
        public List<string> Needs { get; set; } = [];
        public bool Unsuppressed { get; set; }
        public bool Role { get; set; }
        public bool Engaged { get; set; }
        public bool Expired { get; set; }
        public bool WinBack { get; set; }
        public bool Touch { get; set; }
        public int CooldownDays { get; set; }
        public int WithinDays { get; set; }
        public string? Within { get; set; }
        public int Attempts { get; set; }
        public int AttemptDays { get; set; }

        public Stage Stage(string name, List<string> path) => new(name, path.IndexOf(name) is >= 0 and var order ? order : null, [.. Authority], [.. Next], [.. Cycle])
        {
            Needs = Needs.Aggregate(Machine.Needs.None, (all, need) => all | Enum.Parse<Needs>(need, ignoreCase: true)),
            Unsuppressed = Unsuppressed,
            NeedsRole = Role,
            NeedsEngagement = Engaged,
            NeedsExpiry = Expired,
            IsWinBack = WinBack,
            MetByTouch = Touch,
            Attempts = Attempts > 0 && AttemptDays > 0 ? new(Attempts, AttemptDays) : null,
            Cooldown = TimeSpan.FromDays(CooldownDays),
            Within = Within is null && WithinDays == 0 ? null : new ServiceTerm(0, WithinDays, Term(name)),
        };

        private TimeSpan Term(string stage) => Within switch
        {
            null => TimeSpan.Zero,
            [.. var hours, 'h'] when int.TryParse(hours, out var count) && count > 0 => TimeSpan.FromHours(count),
            [.. var minutes, 'm'] when int.TryParse(minutes, out var count) && count > 0 => TimeSpan.FromMinutes(count),
            _ => throw new ArgumentException($"Stage '{stage}' has within: {Within}: write hours or minutes of working time, such as 4h or 5m."),
        };
    }
}
