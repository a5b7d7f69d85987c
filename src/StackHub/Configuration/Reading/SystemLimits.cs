using StackHub.Configuration.Format;

namespace StackHub.Configuration.Reading;

/// <summary>How far and how fast the hub goes with a system.</summary>
internal sealed record SystemLimits(SystemMode Mode, int Concurrency, TimeSpan PollEvery, FuseLimits Fuse)
{
    public static SystemLimits Read(Section system) => new(
        system.Get(SystemFormat.Mode) ?? SystemMode.Live,
        system.Get(SystemFormat.Concurrency) ?? 4,
        system.Get(SystemFormat.Poll) ?? TimeSpan.FromMinutes(1),
        ReadFuse(system.Get(SystemFormat.Fuse)));

    private static FuseLimits ReadFuse(Section? fuse) => fuse is null ? FuseLimits.Default : new(
        fuse.Get(SystemFormat.FuseCreates) ?? FuseLimits.Default.Creates,
        fuse.Get(SystemFormat.FuseOverwrites) ?? FuseLimits.Default.Overwrites,
        fuse.Get(SystemFormat.FuseDeletes) ?? FuseLimits.Default.Deletes);
}
