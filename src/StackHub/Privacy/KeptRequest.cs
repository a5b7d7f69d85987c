using System.Text.Json;
using StackHub.Privacy.SubjectKeys;

namespace StackHub.Privacy;

/// <summary>A request as it is stored: whom it is about is sealed under the request's own key, and everything else is not about anybody.</summary>
/// <param name="Personal">Null when nothing of the person is left in it.</param>
internal sealed record KeptRequest(PrivacyRequest Rest, byte[]? Personal)
{
    private const string Name = "request";

    public static KeptRequest Of(PrivacyRequest request, SubjectKey? key)
    {
        var forgotten = RequestMoves.Forget(request);
        return ReferenceEquals(forgotten, request) || key is null
            ? new(forgotten, null)
            : new(forgotten, key.Seal(Name, JsonSerializer.SerializeToUtf8Bytes(new(request.Subject, request.Known, request.Corrections), PrivacyJson.Default.PersonalPart)));
    }

    /// <param name="key">Null once it was destroyed: then nobody knows any more whom it was about.</param>
    public PrivacyRequest Open(SubjectKey? key)
    {
        if (Personal is null || key is null)
            return Rest;
        var personal = JsonSerializer.Deserialize(key.Open(Name, Personal), PrivacyJson.Default.PersonalPart)!;
        return Rest with { Subject = personal.Subject, Known = personal.Known, Corrections = personal.Corrections ?? [] };
    }

    public override string ToString() => Rest.ToString();
}

/// <summary>What of a request is personal.</summary>
internal sealed record PersonalPart(SubjectClaims Subject, IReadOnlyList<Alias> Known, IReadOnlyList<Correction>? Corrections)
{
    public override string ToString() => "[subject]";
}
