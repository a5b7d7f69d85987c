using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Web.Shell;

namespace StackHub.Web.Systems;

/// <summary>How a system stands, in words: the first thing that keeps the hub from writing to it, else whether something waits.</summary>
public static class SystemStatus
{
    public static Status Of(SystemView system) => system switch
    {
        { Stage: SystemStage.New } => new(Tone.Quiet, "Not read yet"),
        { Stage: SystemStage.Baselined } => new(Tone.Warning, "Waits for approval"),
        { Paused: not null } => new(Tone.Warning, "Paused"),
        { BlockedUntil: not null } => new(Tone.Warning, "Left alone for now"),
        { Mode: SystemMode.Shadow } => new(Tone.Quiet, "Shadow, writes nothing"),
        { Outbox.Count: > 0 } => new(Tone.Busy, "Writing"),
        _ => new(Tone.Good, "In step"),
    };
}
