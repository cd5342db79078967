import { useEffect, useState } from 'preact/hooks'
import { Segments } from './parts/segments.tsx'

const themes = ['auto', 'light', 'dark'] as const
type Theme = (typeof themes)[number]

const storageName = 'fovea-theme'

/** Light or dark, or as the system says; kept by the browser, and no part of links. */
export function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(
    () => themes.find((each) => each === localStorage.getItem(storageName)) ?? 'auto',
  )
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    localStorage.setItem(storageName, theme)
    dispatchEvent(new Event('fovea-theme'))
  }, [theme])
  return (
    <Segments
      label="Colours"
      name="theme"
      value={theme}
      options={[
        ['auto', 'Auto'],
        ['light', 'Light'],
        ['dark', 'Dark'],
      ]}
      onChoose={(chosen) => chosen && setTheme(chosen)}
    />
  )
}
