using StackHub.Connecting;
using StackHub.Web.Overview;

namespace StackHub.Web.Systems;

/// <summary>All systems.</summary>
public sealed record SystemsModel(IReadOnlyList<SystemSnapshot> Systems);

/// <summary>One system, as far as it is known without calling it.</summary>
/// <param name="Objects">What is read of it, and how far.</param>
/// <param name="Limits">Its rate limits, and the free part of each.</param>
public sealed record SystemModelView(SystemSnapshot Snapshot, IReadOnlyList<ReadProgress> Objects, IReadOnlyList<LimitUse> Limits);

/// <summary>How far an object type was read.</summary>
/// <param name="Read">Records its full read brought.</param>
/// <param name="CaughtUpTo">Its changes are known up to here.</param>
public sealed record ReadProgress(ObjectInfo Type, long Read, bool ReadDone, DateTimeOffset? CaughtUpTo);

/// <param name="Free">0 to 1.</param>
public sealed record LimitUse(string Scope, TimeSpan Window, double Free);
