/** The namespace of SVG. */
export const svgNamespace = 'http://www.w3.org/2000/svg'

export const xlinkNamespace = 'http://www.w3.org/1999/xlink'

export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

const words = (text: string) => text.trim().split(/\s+/)

/** Primitives of filters. */
export const filterPrimitives: ReadonlySet<string> = new Set(
  words(`feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDropShadow feFlood feGaussianBlur feImage feMerge feMorphology feOffset feSpecularLighting feTile feTurbulence`),
)

/** Elements that change an attribute in the course of time. */
export const animations: ReadonlySet<string> = new Set(words('animate animateTransform set'))

/** Elements that hold text and no elements but such as change it. */
export const plainTexts: ReadonlySet<string> = new Set(words('title desc style'))

/** Elements that show the text within them. */
export const textElements: ReadonlySet<string> = new Set(words('text tspan textPath a'))

/**
 * The elements that are written. What is not here is left out with all that is in it: scripts, `foreignObject` and other ways
 * into HTML, `metadata`, and what no browser draws. An `a` links to nothing, but may hold text.
 */
export const elements: ReadonlySet<string> = new Set([
  ...words(`svg g defs symbol use switch a image marker pattern clipPath mask filter view
    linearGradient radialGradient stop path rect circle ellipse line polyline polygon animateMotion mpath
    feDistantLight feFuncA feFuncB feFuncG feFuncR feMergeNode fePointLight feSpotLight`),
  ...filterPrimitives,
  ...animations,
  ...plainTexts,
  ...textElements,
])

/** Attributes that say where and how something is drawn; those that time may change. */
export const drawingAttributes: ReadonlySet<string> = new Set(
  words(`
    alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters
    color-rendering cursor direction display dominant-baseline enable-background fill fill-opacity fill-rule filter
    flood-color flood-opacity font font-family font-feature-settings font-kerning font-size font-size-adjust font-stretch
    font-style font-variant font-variation-settings font-weight glyph-orientation-horizontal glyph-orientation-vertical
    image-rendering inline-size isolation kerning letter-spacing lighting-color line-height marker marker-end marker-mid
    marker-start mask mask-type mix-blend-mode opacity overflow paint-order pointer-events shape-rendering stop-color
    stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity
    stroke-width text-align text-anchor text-decoration text-overflow text-rendering transform transform-box
    transform-origin unicode-bidi vector-effect visibility white-space word-spacing writing-mode

    amplitude azimuth baseFrequency bias clipPathUnits cx cy d diffuseConstant divisor dx dy edgeMode elevation exponent
    filterRes filterUnits fr fx fy gradientTransform gradientUnits height in in2 intercept k1 k2 k3 k4 kernelMatrix
    kernelUnitLength lengthAdjust limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits method
    mode numOctaves offset operator order orient pathLength patternContentUnits patternTransform patternUnits points
    pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY result rotate rx ry
    scale seed side slope spacing specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles
    surfaceScale tableValues targetX targetY textLength type values viewBox width x x1 x2 xChannelSelector y y1 y2
    yChannelSelector z
  `),
)

/** Attributes that are names or texts: no style engine reads them, and no one follows them. */
export const plainAttributes: ReadonlySet<string> = new Set(
  words('id class lang role media requiredExtensions requiredFeatures systemLanguage'),
)

/** The other attributes that are written: timing, and style itself. Links are apart. */
export const otherAttributes: ReadonlySet<string> = new Set(
  words(`
    accumulate additive attributeName attributeType begin by calcMode dur end from keyPoints keySplines keyTimes max min
    origin path repeatCount repeatDur restart style to
  `),
)
