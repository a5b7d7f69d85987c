namespace StackHub.Connecting;

/// <summary>A connector that can itself mend some of what <see cref="IConnector.CheckAsync"/> reports.</summary>
public interface IVendorSetup
{
    /// <summary>Creates the custom fields the connector needs and the system lacks; one sentence for each that was created.</summary>
    Task<IReadOnlyList<string>> EnsureCustomFieldsAsync(CancellationToken cancellationToken);
}
