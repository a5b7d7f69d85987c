namespace StackHub.Privacy;

/// <summary>Why a move was refused.</summary>
public enum RequestRefusal
{
    Unknown,

    /// <summary>Nobody has shown that it comes from the person.</summary>
    NotVerified,

    /// <summary>Who submits a request never approves it.</summary>
    OwnSubmission,

    /// <summary>Who denied a request never answers its appeal.</summary>
    OwnDenial,

    /// <summary>The plan is another one than was looked at.</summary>
    PlanChanged,

    /// <summary>A verified request of the same person is in its place.</summary>
    Duplicate,

    /// <summary>The request is not at a point where that can be done.</summary>
    WrongState,

    /// <summary>What was said is not enough.</summary>
    Incomplete,
}

/// <summary>What came of a move.</summary>
public abstract record MoveAnswer
{
    private MoveAnswer()
    {
    }

    /// <summary>As it is now; the same when it was so before.</summary>
    public sealed record Moved(PrivacyRequest Request) : MoveAnswer;

    public sealed record Refused(RequestRefusal Code, string Message) : MoveAnswer;
}
