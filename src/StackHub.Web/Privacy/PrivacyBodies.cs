namespace StackHub.Web.Privacy;

/// <summary>A request as an officer files it.</summary>
/// <param name="Kinds">What is asked for: access, erasure, rectification, portability, restriction, objection, opt-out-of-sale, limit-sensitive-data.</param>
/// <param name="Laws">Laws with places, such as eu-gdpr/DE; api/privacy/laws lists them.</param>
/// <param name="Place">Country or state instead of laws: those that apply there.</param>
/// <param name="ReceivedAt">When it came in, where that was before now.</param>
/// <param name="VerifiedBecause">How the person was verified; absent when nobody did yet.</param>
/// <param name="Message">What the person wrote.</param>
public sealed record SubmitBody(
    IReadOnlyList<string>? Kinds, IReadOnlyList<string>? Emails, IReadOnlyList<string>? Phones, IReadOnlyList<string>? Records, IReadOnlyList<string>? Links, IReadOnlyList<string>? Hashes,
    IReadOnlyList<string>? Laws, string? Place, DateTimeOffset? ReceivedAt, string? VerifiedBecause, string? Message)
{
    public override string ToString() => "submission";
}

/// <summary>Why something is done; words without personal data, since they go into the evidence.</summary>
public sealed record ReasonBody(string? Reason);

/// <param name="Plan">The fingerprint of the plan that was looked at.</param>
public sealed record ApproveBody(string? Plan);

/// <param name="Ground">The exemption or reason, by the law's name.</param>
/// <param name="Appeal">How the person can have it looked at again.</param>
public sealed record DenyBody(string? Ground, string? Appeal);

/// <param name="ReceivedAt">When the person said so; absent for now.</param>
public sealed record AppealBody(DateTimeOffset? ReceivedAt);

/// <param name="Granted">True when the denial was wrong and the request goes on.</param>
/// <param name="Reason">Why; no personal data.</param>
public sealed record AppealAnswerBody(bool? Granted, string? Reason);

/// <param name="For">identity, fee or clarification.</param>
public sealed record QuestionBody(string? For);

/// <param name="ToldAt">When the person was told that the restriction will be lifted.</param>
public sealed record LiftBody(DateTimeOffset? ToldAt);

/// <summary>Somebody who was erased consents anew; they name themselves now.</summary>
/// <param name="Basis">On what ground they may be kept again.</param>
/// <param name="Source">Where they said so, such as a form and its version.</param>
/// <param name="Proof">Where it can be looked up; no personal data.</param>
public sealed record ReturnBody(IReadOnlyList<string>? Emails, IReadOnlyList<string>? Phones, DateTimeOffset? At, string? Basis, string? Source, string? Proof)
{
    public override string ToString() => "return";
}

/// <param name="Law">With its place, as the request shows it.</param>
public sealed record ExtendBody(string? Law, string? Reason);

/// <param name="Records">Those of the candidates that are the person's.</param>
public sealed record ChooseBody(IReadOnlyList<string>? Records, string? Reason);

/// <summary>All that is to be put right; what was said before is replaced.</summary>
public sealed record CorrectBody(IReadOnlyList<CorrectionBody>? Corrections)
{
    public override string ToString() => "corrections";
}

/// <param name="Field">A field of a person, as stackhub.yaml names it.</param>
/// <param name="Value">What it should say; null empties it.</param>
public sealed record CorrectionBody(string? Field, string? Value)
{
    public override string ToString() => $"correction of {Field}";
}

/// <param name="Text">What was done and where it can be looked up; no personal data.</param>
public sealed record EvidenceBody(string? Text);

/// <summary>One record that is kept by right.</summary>
public sealed record ExemptBody(string? System, string? ObjectType, string? Id, string? Ground, DateTimeOffset? Until);

/// <summary>Something that must not be deleted; by any address, number or record of the person.</summary>
/// <param name="System">Absent for all systems.</param>
public sealed record HoldBody(IReadOnlyList<string>? Emails, IReadOnlyList<string>? Phones, IReadOnlyList<string>? Records, IReadOnlyList<string>? Links, string? Ground, string? System, string? ObjectType, string? Id)
{
    public override string ToString() => "hold";
}

/// <summary>What somebody says about purposes.</summary>
/// <param name="Person">A hub record's id, or absent.</param>
/// <param name="Browser">What a site calls the browser.</param>
public sealed record ConsentBody(string? Person, string? Email, string? Browser, IReadOnlyList<StatementBody>? Statements)
{
    public override string ToString() => "consent";
}

/// <param name="Basis">consent, withdrawal, objection, sale-opt-out.</param>
/// <param name="Source">A configured system's name; absent for the person's own word.</param>
/// <param name="Proof">What shows that it was said, such as a form's name and version.</param>
public sealed record StatementBody(string? Purpose, bool OptIn, string? Basis, DateTimeOffset? At, string? Source, string? Channel, string? Proof)
{
    public override string ToString() => "statement";
}

/// <summary>A browser's signal, as a site of the company passes it on for whoever is signed in there.</summary>
/// <param name="Signal">The value of Sec-GPC as it came.</param>
public sealed record SignalBody(string? Person, string? Email, string? Browser, string? Signal)
{
    public override string ToString() => "signal";
}
