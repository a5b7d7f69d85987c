using System.Collections.Immutable;

namespace StackHub.Privacy.Packages;

/// <summary>What all systems hold of one person, as neutral records: the input of a package. It prints no value.</summary>
/// <param name="Request">The request's id.</param>
public sealed record SubjectData(string Request, PrivacyRequestKind Kind, DateTimeOffset CollectedAt)
{
    /// <summary>The person's own addresses, numbers and names in any spelling: they are never left out as somebody else's.</summary>
    public ImmutableArray<string> OwnIdentities { get; init; } = [];

    public ImmutableArray<SubjectRecord> Records { get; init; } = [];

    public ImmutableArray<SubjectThread> Threads { get; init; } = [];

    public ImmutableArray<SubjectFile> Files { get; init; } = [];

    /// <summary>What is held and not given, with the ground.</summary>
    public ImmutableArray<WithheldData> Withheld { get; init; } = [];

    public override string ToString() => $"data of request {Request}";
}

/// <param name="ObjectType">As the system calls it, such as "Contact".</param>
public sealed record SubjectRecord(string System, string ObjectType, string Id, ImmutableSortedDictionary<string, string?> Fields)
{
    public override string ToString() => $"{System}/{ObjectType}/{Id}";
}

/// <summary>A conversation, in which others speak too.</summary>
public sealed record SubjectThread(string System, string ObjectType, string Id, string Title, ImmutableArray<ThreadMessage> Messages)
{
    public override string ToString() => $"{System}/{ObjectType}/{Id}";
}

public enum ThreadAuthor
{
    Subject,

    /// <summary>Somebody of the company, who speaks for it.</summary>
    Agent,

    /// <summary>Another customer, or anybody else.</summary>
    Other,
}

/// <param name="Names">The author's name, addresses and numbers: left out wherever they stand, unless the author is the person.</param>
public sealed record ThreadMessage(ThreadAuthor Author, ImmutableArray<string> Names, DateTimeOffset At, string Body)
{
    public override string ToString() => $"message of {Author}";
}

public sealed record SubjectFile(string System, string Name, ReadOnlyMemory<byte> Content)
{
    public override string ToString() => $"file of {System} ({Content.Length} bytes)";
}

/// <summary>Something that is not in the package, and why.</summary>
/// <param name="What">Such as "messages of other people".</param>
/// <param name="Ground">The rule that allows it.</param>
public sealed record WithheldData(string System, string What, int Count, string Ground);
