using System.CommandLine;
using System.Globalization;
using StackHub.Cli.CommandLine;
using StackHub.Privacy;
using StackHub.Web.Privacy;

namespace StackHub.Cli.Commands;

/// <summary>What the privacy commands have in common.</summary>
internal static class PrivacyShared
{
    public static Argument<string> Id() => new("ID") { Description = "The request's number, as 'privacy list' shows it." };

    /// <summary>Four eyes go by this name. Whoever may open the data folder may use any: the API, where keys tell people apart, is the place for approvals.</summary>
    public static Option<string> As() => new("--as") { Description = "Who does it, for the evidence; this computer's user unless told.", HelpName = "NAME", DefaultValueFactory = _ => Environment.UserName };

    public static Option<string> Reason(string description) => new("--reason") { Description = description, HelpName = "WORDS", Required = true };

    public static string By(Invocation call, Option<string> name) => $"cli:{call.Value(name)}";

    public static DateTimeOffset? Day(string? text, string option) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at
        : throw new HubStartException($"{option} '{text}' is no day such as 2026-03-02.");

    public static RequestId Parse(string text) => RequestId.TryParse(text) ?? throw Unknown(text);

    public static NotFoundException Unknown(string text) => new($"There is no privacy request '{text}'. 'stackhub privacy list' shows those that are open.");

    public static string Words(PrivacyRequestState state) => PrivacyWords.Of(state).Replace('-', ' ');

    /// <summary>A move's outcome as a sentence and exit code.</summary>
    public static int Said(Invocation call, RequestId id, MoveAnswer answer, string sentence) => answer switch
    {
        MoveAnswer.Refused { Code: RequestRefusal.Unknown } => throw Unknown(id.ToString()),
        MoveAnswer.Refused refused => call.Screen.Fail(refused.Message, ExitCode.Problems),
        _ => Done.Say(call, id.ToString(), sentence),
    };
}
