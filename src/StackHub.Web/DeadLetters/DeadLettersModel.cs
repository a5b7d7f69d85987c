using StackHub.Records;
using StackHub.Web.Records;

namespace StackHub.Web.DeadLetters;

/// <summary>A page of dead letters, with the names of the records they are about.</summary>
public sealed record DeadLettersModel(IReadOnlyList<DeadLetterView> Letters, IReadOnlyDictionary<RecordId, RecordName> Names, string? Next, bool IsLater)
{
    public override string ToString() => $"{Letters.Count} dead letters";
}
