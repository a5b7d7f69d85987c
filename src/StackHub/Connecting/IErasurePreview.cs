namespace StackHub.Connecting;

/// <summary>A connector that says what it will send to erase somebody, before anybody approves it.</summary>
public interface IErasurePreview
{
    /// <summary>The requests of an erasure by id, in order, without sending any; what depends on an answer is said as it will be.</summary>
    IReadOnlyList<PlannedRequest> PreviewErasure(ErasureRequest request);
}
