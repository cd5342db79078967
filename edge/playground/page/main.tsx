import { render } from 'preact'
import { App } from './app.tsx'
import './styles/base.css'
import './styles/parts.css'
import './styles/layout.css'
import './styles/originals.css'
import './styles/request.css'
import './styles/stage.css'
import './styles/controls.css'
import './styles/sections.css'
import './styles/live.css'

render(<App />, document.getElementById('page') ?? document.body)
