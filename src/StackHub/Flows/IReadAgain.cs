using StackHub.Records;

namespace StackHub.Flows;

/// <summary>Lets a flow have vendor records read anew and taken in like any change.</summary>
public interface IReadAgain
{
    Task ReadAgainAsync(IReadOnlyCollection<ExternalRef> references, CancellationToken cancellationToken);
}
