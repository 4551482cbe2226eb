import { LitElement, html, css } from 'lit';
import { JsonRpc } from 'jsonrpc';
import { columnBodyRenderer } from '@vaadin/grid/lit.js';
import '@vaadin/button';
import '@vaadin/grid';
import '@vaadin/text-area';

/** The tasks of the application, and a box to try one. */
export class QwcClozeTasks extends LitElement {

    jsonRpc = new JsonRpc(this);

    static styles = css`
        :host { display: flex; flex-direction: column; gap: 1em; padding: 0 1em 1em; height: 100%; overflow: auto; }
        vaadin-text-area { width: 100%; }
        .trying { display: grid; grid-template-columns: minmax(16em, 1fr) minmax(16em, 1fr); gap: 2em; }
        .failure { color: var(--lumo-error-text-color); white-space: pre-wrap; }
        .part { display: grid; grid-template-columns: 12em 1fr 4em; gap: .5em; align-items: center; }
        .bar { background: var(--lumo-primary-color-50pct); height: .8em; }
        ul { margin: 0; padding-left: 1.2em; }
    `;

    static properties = {
        _tasks: { state: true },
        _chosen: { state: true },
        _input: { state: true },
        _answer: { state: true },
        _problem: { state: true }
    };

    constructor() {
        super();
        this._tasks = [];
        this._chosen = null;
        this._input = '';
        this._answer = null;
        this._problem = '';
    }

    connectedCallback() {
        super.connectedCallback();
        this._refresh();
    }

    _refresh() {
        this.jsonRpc.tasks().then(response => {
            this._tasks = response.result;
            if (!this._chosen && this._tasks.length > 0) {
                this._choose(this._tasks[0]);
            }
        });
    }

    _choose(task) {
        this._chosen = task;
        this._input = task.input;
        this._answer = null;
    }

    _ask() {
        this.jsonRpc.ask({ task: this._chosen.name, input: this._input }).then(response => {
            this._answer = response.result;
            this._refresh();
        });
    }

    _reload(task) {
        this.jsonRpc.reload({ task: task.name }).then(response => {
            this._problem = response.result;
            this._refresh();
        });
    }

    render() {
        return html`
            <vaadin-grid .items="${this._tasks}" theme="no-border" all-rows-visible>
                <vaadin-grid-column header="Task" auto-width ${columnBodyRenderer(this._nameRenderer, [])}></vaadin-grid-column>
                <vaadin-grid-column path="type" header="Pipeline" auto-width></vaadin-grid-column>
                <vaadin-grid-column path="method" header="Method" auto-width></vaadin-grid-column>
                <vaadin-grid-column header="Templates" auto-width ${columnBodyRenderer(this._templatesRenderer, [])}></vaadin-grid-column>
                <vaadin-grid-column path="archive" header="Archive" auto-width></vaadin-grid-column>
                <vaadin-grid-column header="State" auto-width ${columnBodyRenderer(this._stateRenderer, [])}></vaadin-grid-column>
            </vaadin-grid>
            ${this._problem ? html`<div class="failure" role="alert">${this._problem}</div>` : ''}
            ${this._chosen ? this._renderTrying() : html`<p>This application has no tasks.</p>`}
        `;
    }

    _nameRenderer(task) {
        return html`<vaadin-button theme="tertiary small" @click="${() => this._choose(task)}">${task.name}</vaadin-button>`;
    }

    _templatesRenderer(task) {
        return html`<ul>${task.templates.map(template => html`
            <li><code>${template.text}</code> ${template.words.map(words => html`<div>${words}</div>`)}</li>`)}</ul>`;
    }

    _stateRenderer(task) {
        return html`<span title="${task.failure}">${task.state}</span>
            ${task.archive === '-' ? '' : html`
                <vaadin-button theme="small" @click="${() => this._reload(task)}">Open anew</vaadin-button>`}`;
    }

    _renderTrying() {
        return html`<div class="trying">
            <div>
                <vaadin-text-area label="Input of ${this._chosen.name}, as JSON" .value="${this._input}"
                        @value-changed="${e => { this._input = e.detail.value; }}"></vaadin-text-area>
                <vaadin-button theme="primary" @click="${this._ask}">Ask</vaadin-button>
            </div>
            <div aria-live="polite">${this._answer ? this._renderAnswer() : ''}</div>
        </div>`;
    }

    _renderAnswer() {
        if (this._answer.failure) {
            return html`<div class="failure">${this._answer.failure}</div>`;
        }
        return html`<p><b>${this._answer.text}</b></p>
            ${this._answer.parts.map(part => html`<div class="part">
                <span>${part.name}</span>
                <span class="bar" style="width: ${100 * part.probability}%"></span>
                <span>${(100 * part.probability).toFixed(1)} %</span>
            </div>`)}`;
    }
}
customElements.define('qwc-cloze-tasks', QwcClozeTasks);
