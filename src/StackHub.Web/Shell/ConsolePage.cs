using Microsoft.AspNetCore.Components;

namespace StackHub.Web.Shell;

/// <summary>A page of the console: drawn on the server from its model, and nothing else.</summary>
public abstract class ConsolePage<TModel> : ComponentBase
{
    [Parameter, EditorRequired]
    public required TModel Model { get; set; }

    [CascadingParameter]
    public required Frame Frame { get; set; }
}
