namespace StackHub.Web.Shell;

/// <summary>How good a state is; the words beside it say which.</summary>
public enum Tone
{
    Quiet,
    Good,
    Busy,
    Warning,
    Bad,
}

/// <summary>A state in words, with its tone.</summary>
public sealed record Status(Tone Tone, string Words);
