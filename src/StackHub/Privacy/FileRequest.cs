using StackHub.Privacy.Intake;

namespace StackHub.Privacy;

/// <summary>Files a submission wherever it came in: the request, and what came with it in the person's words.</summary>
public sealed class FileRequest(SubmitPrivacyRequest submit, IntakeNotes notes)
{
    /// <param name="note">What the person wrote beside it; null for nothing.</param>
    public async Task<SubmitAnswer> HandleAsync(SubmitCommand command, IntakeNote? note, CancellationToken cancellationToken)
    {
        var answer = await submit.HandleAsync(command, cancellationToken);
        if (note is null || answer is not SubmitAnswer.Taken taken)
            return answer;
        foreach (var id in taken.Requests)
            await notes.KeepAsync(id, note, cancellationToken);
        return answer;
    }
}
